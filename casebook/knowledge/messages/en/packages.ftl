### Packages that only a part of the casebook needs, where they are not installed.

package-missing = { $what } needs { $package }, which is not installed here. { $remedy }
package-install = To install it: pip install "{ $requirement }"
package-elsewhere = It runs in JupyterLab, where the book is installed: make lab

/**
 * Compiles the modules that Python imports when a case is opened: node compile.mjs <folder>, with one folder for each
 * package inside.
 *
 * Python in the browser cannot store compiled modules, and would compile them at every start. Only Pyodide itself can
 * compile for its version. Modules that are not imported remain source code, which is half as large. The modules of this
 * book remain as source code, too, so that an editor can show them.
 */

import { readdirSync } from 'node:fs';
import path from 'node:path';

import { loadPyodide } from 'pyodide';

const folder = path.resolve(process.argv[2]);
const python = await loadPyodide();
python.mountNodeFS('/packages', folder);
python.globals.set('names', python.toPy(readdirSync(folder)));
python.runPython(`
import os, py_compile, sys

sys.path[:0] = [f"/packages/{name}" for name in names]
import IPython.core.interactiveshell, IPython.core.shellapp, micropip, piplite.piplite
import casebook, widgets

widgets.CaseExplorer
casebook.assess({})
ZIP = "/lib/python314.zip/"
files = {getattr(module, "__file__", None) or "" for module in list(sys.modules.values())}
for file in sorted(files):
    if file.startswith(ZIP):
        file = file.replace(ZIP, "/packages/python_stdlib.zip/")
    if file.startswith("/packages/") and file.endswith(".py") and os.path.exists(file):
        shown = file.split("/packages/", 1)[1].split("/", 1)[1]
        py_compile.compile(file, file + "c", dfile=shown, doraise=True,
                           invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
        if not file.split("/")[2].startswith("sacral"):
            os.remove(file)
`);

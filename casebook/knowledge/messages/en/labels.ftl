### Labels that several widgets share, in the page and in its static text.

provenance-reported = reported
provenance-derived = derived
provenance-assumed = assumed
provenance-not_reported = not reported

tier-absolute = absolute: the source uses “must” or “never”
tier-directive = directive: the source uses “should”
tier-permissive = permissive: the source uses “may”
tier-descriptive = descriptive: the source describes what was done

case-constructed = Constructed for teaching: no such patient was published.

form-clear = Clear all

# A label and its values, such as a finding and its options.
label-values = { $label }: { $values }


"""From findings to scores, a plan and the state of the patient, exact over what is not assessed."""

"""Small things that know nothing of Apiwright: casing, inflection."""

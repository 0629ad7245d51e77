"""Speed, measured by whole processes, and the generator of plans of any size that this and the tests need."""

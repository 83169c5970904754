"""How the register looks: slices of the state to elements, keyword-only, nothing else."""

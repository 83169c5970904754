"""The worker that talks to the OMS, and to nobody else."""

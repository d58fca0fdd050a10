"""The figures of the portal, measured on the machine that runs `make bench`."""

"""Archives that mean harm, of the project's own making: other formats and other lies than those of make.py."""

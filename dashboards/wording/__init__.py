"""Every sentence, pound sign and per cent that people read. Codes come from the contracts; one file a noun. Pure."""

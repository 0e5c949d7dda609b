"""Reading registers (CSV, XLSX) into values: first every cell is checked, then what it would change is worked out."""

"""What every part of the application stands on: settings, database, errors, logging."""

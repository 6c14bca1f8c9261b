"""What the screens of the workbench show, one module a screen."""

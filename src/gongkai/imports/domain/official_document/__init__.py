"""What an official document says about itself, by the layout of GB/T 9704-2012. Precision first: a doubt is said."""

"""What listens: Voilà closed down, plain pages, kernels and their lines."""

"""The experiment as a program of its own: NumPy, PyTorch or Keras, with data and weights to the last digit."""

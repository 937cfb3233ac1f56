"""The arithmetic of learning in NumPy: forward, loss, backward, update, pictures.

Arrays are feature-major: activations `(units, batch)`, one layer's weights and biases one block `(fan_out, fan_in +
1)` whose last column meets a row of ones, all blocks views of one flat `theta (P,)`. Every function also takes the
*model axis* in front - `(M, units, batch)`, `theta (M, P)` - and then computes M models at once.

Knows no pydantic, no IO and no clock; randomness is an argument or a seed. Kernels expect NumPy's floating-point
warnings to be off (`app.engine.numeric.quiet`): at |z| = 1000 an exponential may overflow on its way to the right 0
or 1.
"""

"""The pieces of the Keras program: activations, outputs, losses, optimisers and the program's frame as source."""

from app.vocabulary import Activation, Loss, Optimizer, Output

ACTIVATIONS = {
    Activation.LINEAR: '"linear"',
    Activation.STEP: "step",
    Activation.SIGMOID: '"sigmoid"',
    Activation.TANH: '"tanh"',
    Activation.RELU: '"relu"',
    Activation.LEAKY_RELU: "leaky_relu",
    Activation.ELU: '"elu"',
    Activation.SOFTPLUS: '"softplus"',
    Activation.SILU: '"silu"',
    Activation.GELU: '"gelu"',
    Activation.SINE: "ops.sin",
}

FUNCTIONS = {
    Activation.STEP: '''
def step(z):
    """1 from 0 on, else 0; its gradient is 0 everywhere."""
    return ops.cast(z >= 0, z.dtype) + 0 * z
''',
    Activation.LEAKY_RELU: '''
def leaky_relu(z):
    """z above 0, a hundredth of it below."""
    return ops.leaky_relu(z, negative_slope=0.01)
''',
}

OUTPUTS = {
    Output.LINEAR: "score",
    Output.STEP: "ops.cast(score >= 0, score.dtype)",
    Output.SIGMOID: "ops.sigmoid(score)",
    Output.SOFTMAX: "ops.softmax(score, axis=1)",
    Output.TANH: "ops.tanh(score)",
}

LOSSES = {
    Loss.BINARY_CROSS_ENTROPY: "ops.sum(ops.binary_crossentropy(t, score, from_logits=True), axis=1)",
    Loss.CROSS_ENTROPY: "ops.categorical_crossentropy(t, score, from_logits=True)",
    Loss.MEAN_SQUARED_ERROR: "ops.mean((output(score) - t) ** 2, axis=1)",
    Loss.HALF_SQUARED_ERROR: "ops.sum((output(score) - t) ** 2 / 2, axis=1)",
    Loss.HINGE: "ops.sum(ops.relu(1 - t * output(score)), axis=1)",
    Loss.HUBER: "keras.losses.huber(t, output(score))",
    Loss.MEAN_ABSOLUTE_ERROR: "ops.mean(ops.abs(output(score) - t), axis=1)",
    Loss.PERCEPTRON: "ops.sum(-t * score * ops.cast(t * score <= 0, score.dtype), axis=1)",
}
"""Of each point; Keras takes their mean."""

PENALTIES = {"l1": "l1=L1", "l2": "l2=L2 / 2"}

VELOCITY = "v = self.first[index]\nv.assign(MOMENTUM * v + gradient)\n"
ADAM = (
    "m, v = self.first[index], self.second[index]\n"
    "m.assign(BETA1 * m + (1 - BETA1) * gradient)\n"
    "v.assign(BETA2 * v + (1 - BETA2) * gradient**2)\n"
    "count = ops.cast(self.iterations + 1, variable.dtype)\n"
    "root = ops.sqrt(v / (1 - ops.power(BETA2, count)))\n"
    "variable.assign_sub(rate * m / (1 - ops.power(BETA1, count)) / (root + EPS))"
)

UPDATES = {
    Optimizer.SGD: "variable.assign_sub(rate * gradient)",
    Optimizer.PERCEPTRON: "variable.assign_sub(rate * gradient)",
    Optimizer.MOMENTUM: f"{VELOCITY}variable.assign_sub(rate * v)",
    Optimizer.NESTEROV: f"{VELOCITY}variable.assign_sub(rate * (gradient + MOMENTUM * v))",
    Optimizer.ADAGRAD: "s = self.first[index]\ns.assign_add(gradient**2)\n"
    "variable.assign_sub(rate * gradient / (ops.sqrt(s) + EPS))",
    Optimizer.RMSPROP: "s = self.first[index]\ns.assign(ALPHA * s + (1 - ALPHA) * gradient**2)\n"
    "variable.assign_sub(rate * gradient / (ops.sqrt(s) + EPS))",
    Optimizer.ADAM: ADAM,
    Optimizer.ADAMW: "variable.assign_sub(rate * WEIGHT_DECAY * variable)  # of every weight\n" + ADAM,
}

BUILT_IN = {
    Optimizer.SGD: "keras.optimizers.SGD(LEARNING_RATE)",
    Optimizer.PERCEPTRON: "keras.optimizers.SGD(LEARNING_RATE)",
    Optimizer.MOMENTUM: "keras.optimizers.SGD(LEARNING_RATE, momentum=MOMENTUM)",
    Optimizer.NESTEROV: "keras.optimizers.SGD(LEARNING_RATE, momentum=MOMENTUM, nesterov=True)",
}
"""Keras's own, where they make the same updates; with a velocity only if the learning rate stays."""

OWN = {
    Optimizer.SGD: "Descent",
    Optimizer.PERCEPTRON: "Descent",
    Optimizer.MOMENTUM: "Momentum",
    Optimizer.NESTEROV: "Nesterov",
    Optimizer.ADAGRAD: "Adagrad",
    Optimizer.RMSPROP: "RMSprop",
    Optimizer.ADAM: "Adam",
    Optimizer.ADAMW: "AdamW",
}
"""What the program's own optimiser is called."""

WHY = {
    Optimizer.SGD: "Gradient descent.",
    Optimizer.PERCEPTRON: "Gradient descent.",
    Optimizer.MOMENTUM: "Momentum whose velocity is free of the learning rate; Keras's holds it.",
    Optimizer.NESTEROV: "Nesterov's momentum whose velocity is free of the learning rate; Keras's holds it.",
    Optimizer.ADAGRAD: "Adagrad from 0, with EPS outside the root; Keras's begins at 0.1 and has it inside.",
    Optimizer.RMSPROP: "RMSprop with EPS outside the root; Keras's has it inside.",
    Optimizer.ADAM: "Adam with EPS beside the corrected root; Keras's has it beside the uncorrected one.",
    Optimizer.ADAMW: "AdamW with EPS beside the corrected root; Keras's has it beside the uncorrected one.",
}

BATCH_NORM = '''
class BatchNorm(layers.Layer):
    """(z - mean) / deviation of each unit, times gamma, plus beta; in training of the batch, else the running ones.

    As Keras's with momentum=0.9 and epsilon=1e-5, but for the running variance, which is a sample's (n - 1)."""

    def build(self, input_shape):
        units = (input_shape[-1],)
        self.gamma = self.add_weight(shape=units, initializer="ones", name="gamma")
        self.beta = self.add_weight(shape=units, initializer="zeros", name="beta")
        self.mean = self.add_weight(shape=units, initializer="zeros", trainable=False, name="mean")
        self.variance = self.add_weight(shape=units, initializer="ones", trainable=False, name="variance")

    def call(self, z, training=False):
        mean, variance = self.mean, self.variance
        if training:
            mean, variance = ops.mean(z, axis=0), ops.var(z, axis=0)
            rows = ops.cast(ops.shape(z)[0], z.dtype)
            self.mean.assign(0.9 * self.mean + 0.1 * mean)
            self.variance.assign(0.9 * self.variance + 0.1 * variance * rows / (rows - 1))
        return self.gamma * (z - mean) / ops.sqrt(variance + 1e-5) + self.beta
'''

OPTIMIZER = '''
class $own(keras.optimizers.Optimizer):
    """$why"""

?memory|    def build(self, variables):
?memory|        super().build(variables)
?memory|        self.first = [self.add_variable_from_reference(one, name="first") for one in variables]
?by_adam,by_adamw|        self.second = [self.add_variable_from_reference(one, name="second") for one in variables]
?memory|
    def update_step(self, gradient, variable, learning_rate):
        rate = ops.cast(learning_rate, variable.dtype)
?memory|        index = self._get_variable_index(variable)
$update
?frozen,clip_norm,clip_value|
?frozen,clip_norm,clip_value|    def apply(self, grads, trainable_variables=None):
?frozen|        variables = self._trainable_variables if trainable_variables is None else list(trainable_variables)
?frozen|        masks, still = [learns(one) for one in variables], [ops.copy(one) for one in variables]
?frozen|        grads = [gradient * mask for gradient, mask in zip(grads, masks)]
?clip_norm|        norm = ops.sqrt(sum(ops.sum(gradient**2) for gradient in grads))
?clip_norm|        grads = [gradient * ops.minimum(1.0, CLIP / ops.maximum(norm, 1e-300)) for gradient in grads]
?clip_value|        grads = [ops.clip(gradient, -CLIP, CLIP) for gradient in grads]
?frozen,clip_norm,clip_value|        super().apply(grads, trainable_variables)
?frozen|        for variable, mask, before in zip(variables, masks, still):
?frozen|            variable.assign(mask * variable + (1 - mask) * before)
?frozen|
?frozen|
?frozen|def learns(variable):
?frozen|    """1 where a variable learns, 0 where it is frozen: there it has no gradient and is put back."""
?frozen|    mask = np.ones(variable.shape)
?frozen|    if key(variable) in FROZEN:
?frozen|        mask[FROZEN[key(variable)]] = 0
?frozen|    return ops.convert_to_tensor(mask)
'''

NETWORK = '''
$network_heading

# With TensorFlow Keras computes in these 64 bits; with its other backends in 32 wherever two arrays meet.
keras.config.set_floatx("float64")

$functions

?l1,l2|penalty = keras.regularizers.L1L2($penalty)
?l1,l2|
# It gives "scores", the last layer's weighted sums.
model = keras.Sequential([
$layers
])


def key(variable):
    """Its layer's name and its own, such as layer1/kernel."""
    return "/".join(variable.path.split("/")[-2:])


def output(score):
    """What the scores come to."""
    return $output


def predict(x):
    """The outputs for points x, one row each with the columns of COLUMNS.

    $meaning"""
    score = model(see(x), training=False)
?scaled_target|    return TARGET_SHIFT + TARGET_SCALE * ops.convert_to_numpy(output(score))
?!scaled_target|    return ops.convert_to_numpy(output(score))
?classes|
?classes|
?classes|$classifier

$learning_heading


def loss(t, score):
    """How far each point's scores are from its targets t."""
    return $loss


$own_optimizer

$rate_function


def train(epochs):
    """Updates with all training points at once; gives the losses after each."""
    x, t = see(X[PART == 0]), coded(Y[PART == 0])
?untrained|    epochs = 0  # there is nothing to learn from
    model.compile(optimizer=$make_optimizer, loss=loss)
    for count in range(epochs):
?scheduled|        model.optimizer.learning_rate = learning_rate(count)
        model.train_on_batch(x, t)
        yield losses()


def losses():
    """The loss of each part that has points."""
    found = {}
    for number, part in enumerate(["training", "validation", "test"]):
        if (PART == number).any():
            x, t = see(X[PART == number]), ops.convert_to_tensor(coded(Y[PART == number]))
            found[part] = float(ops.convert_to_numpy(loss(t, model(x, training=False))).mean())
    return found


$end
'''

WEIGHTS = """
# By layer and variable: kernels have a row for each input.
WEIGHTS = $arrays
for variable in model.weights:
    variable.assign(WEIGHTS[key(variable)])
?frozen|
?frozen|# What does not learn: whole arrays, or places in them.
?frozen|FROZEN = $frozen
"""

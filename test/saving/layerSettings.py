"""
Saves a model for each layer that travels between Keras and here, with what Keras computes with it; and opens what came
back. A model has an input, a layer and an output of its own for each setting away from its default: a third of the time
that a model for each of them takes.

    layerSettings.py save FOLDER     models FOLDER/Conv1D.keras, Conv1D.h5 …; prints what each computes
    layerSettings.py check FOLDER    models that came back, FOLDER/Conv1D-back.keras …; prints what each computes
    layerSettings.py train FOLDER    models FOLDER/trained-Conv1D.keras … of each layer behind a Dense, but for what is
                                     drawn; prints what one step makes of the weights
"""

import json
import sys

import keras
import numpy as np
from keras import constraints, layers, regularizers
from keras.src.applications.convnext import LayerScale
from keras.src.applications.inception_resnet_v2 import CustomScaleLayer

keras.utils.set_random_seed(1)

OF_APPLICATIONS = {'LayerScale': LayerScale, 'CustomScaleLayer': CustomScaleLayer}
PICTURE, SERIES, ROW = (9, 8, 3), (7, 4), (6,)
STEPS, CLIP = (3, 4), (2, 3, 4, 3)  # Few: Keras computes each step of a recurrent layer op by op

# All settings of a weight. The constraints differ, so that none can stand for another.
CONSTRAINTS = [
    'constraints.MaxNorm(1.5, axis=0)',
    'constraints.MinMaxNorm(0.2, 0.9, rate=0.5, axis=0)',
    'constraints.NonNeg()',
    'constraints.UnitNorm(axis=0)',
]


def weights(*names, constrained=True):
    """One case with initializer, regularizer and constraint of each weight."""
    settings = []
    for i, name in enumerate(names):
        settings.append(f"{name}_initializer=keras.initializers.RandomNormal(0.1, 0.2, seed=3)")
        settings.append(f"{name}_regularizer=regularizers.L1L2(0.1, 0.2)")
        if constrained:
            settings.append(f"{name}_constraint={CONSTRAINTS[i % 4]}")
    return ', '.join(settings)


ACTIVATIONS = [
    'celu', 'elu', 'exponential', 'gelu', 'hard_sigmoid', 'hard_silu', 'hard_tanh', 'leaky_relu', 'linear', 'log_sigmoid',
    'log_softmax', 'mish', 'relu', 'relu6', 'selu', 'sigmoid', 'silu', 'softmax', 'softplus', 'softsign', 'squareplus',
    'tanh', 'tanh_shrink',
]

# Keras 3.15.1 itself cannot save these so («cannot pickle 'module' object»), or not open what it has saved.
NOT_IN_H5 = {'RandomBrightness', 'RandomColorDegeneration', 'RandomPosterization', 'RandomSaturation', 'RandomSharpness',
             'RandomShear', 'Solarization'}

# LayerNormalization gets its last axis as 3: tfjs counts axes from the front, whatever it is given.
# Of each layer, its arguments and the shape of its input; a list of shapes for several.
CASES = {
    'Conv1D': [SERIES, '3, 2', "4, 3, strides=2, padding='same', activation='relu', use_bias=False",
               '3, 2, dilation_rate=2, activity_regularizer=regularizers.L2(0.1)',
               "4, 2, groups=2, strides=2, padding='same', activation='softmax'", '8, 2, groups=4, strides=2',
               '4, 3, groups=4, dilation_rate=2, use_bias=False',
               "3, 2, padding='causal', strides=2, activation='relu'", "3, 3, padding='causal', dilation_rate=2, use_bias=False",
               "4, 3, padding='causal', groups=2, dilation_rate=2", "4, 2, padding='causal', groups=4, strides=3",
               f"3, 2, {weights('kernel', 'bias')}"],
    'Conv2D': [PICTURE, '3, 2', "4, (2, 3), strides=(2, 1), padding='same', activation='relu', use_bias=False",
               '3, 2, dilation_rate=(2, 3), activity_regularizer=regularizers.L1(0.1)',
               "6, (2, 3), groups=3, strides=2, padding='same', activation='softmax'", '3, 2, groups=3, strides=(2, 1)',
               f"6, 2, groups=3, dilation_rate=(2, 3), {weights('kernel', 'bias')}", '3, 2, groups=3, use_bias=False',
               f"3, 2, {weights('kernel', 'bias')}"],
    'Conv2DTranspose': [PICTURE, '3, 2', "4, (2, 3), strides=(2, 3), padding='same', activation='relu', use_bias=False",
                        '3, 2, strides=2, activity_regularizer=regularizers.L1(0.1)',
                        f"3, 2, {weights('kernel', 'bias')}"],
    'DepthwiseConv2D': [PICTURE, '2', "(2, 3), strides=2, padding='same', activation='relu', use_bias=False",
                        '(2, 3), dilation_rate=(2, 3), activity_regularizer=regularizers.L1(0.1)',
                        "3, dilation_rate=2, padding='same', depth_multiplier=2",
                        f"2, {weights('depthwise', 'bias')}"],
    'SeparableConv2D': [PICTURE, '3, 2', "4, (2, 3), strides=2, padding='same', activation='relu', use_bias=False",
                        '3, 3, dilation_rate=2, depth_multiplier=2, activity_regularizer=regularizers.L1(0.1)',
                        f"3, 2, {weights('depthwise', 'pointwise', 'bias')}"],
    'MaxPooling1D': [SERIES, '2', "3, strides=1, padding='same'"],
    'MaxPooling2D': [PICTURE, '2', "(2, 3), strides=(2, 1), padding='same'"],
    'AveragePooling1D': [SERIES, '2', "3, strides=1, padding='same'"],
    'AveragePooling2D': [PICTURE, '2', "(2, 3), strides=(2, 1), padding='same'"],
    'GlobalAveragePooling1D': [SERIES, ''],
    'GlobalMaxPooling1D': [SERIES, ''],
    'GlobalAveragePooling2D': [PICTURE, '', 'keepdims=True'],
    'GlobalMaxPooling2D': [PICTURE, '', 'keepdims=True'],
    'BatchNormalization': [PICTURE, '', 'axis=2, momentum=0.5, epsilon=0.1', 'center=False', 'scale=False',
                           f"{weights('beta', 'gamma')}, moving_mean_initializer='ones', moving_variance_initializer='zeros'"],
    'LayerNormalization': [PICTURE, 'axis=3', 'axis=2, epsilon=0.1', 'axis=[2, 3]', 'axis=3, center=False', 'axis=3, scale=False',
                           f"axis=3, {weights('beta', 'gamma', constrained=False)}"],
    'GroupNormalization': [PICTURE, '3', '1, epsilon=0.1', '-1, center=False', '3, scale=False',
                           "3, beta_initializer='ones', gamma_initializer='zeros'"],
    'Dense': [ROW, '3', "4, activation='tanh', use_bias=False, activity_regularizer=regularizers.L1(0.1)",
              f"3, {weights('kernel', 'bias')}"],
    **{name: [STEPS, '3', '3, dropout=0.25, seed=3', '2, dropout=0.25, recurrent_dropout=0.5', f"2, activation='sigmoid', use_bias=False, return_sequences=True, go_backwards=True{more}",
              f"3, unroll=True, seed=3, activity_regularizer=regularizers.L1(0.1), {weights('kernel', 'recurrent', 'bias')}"]
       for name, more in [('SimpleRNN', ''), ('LSTM', ", recurrent_activation='tanh', unit_forget_bias=False"),
                          ('GRU', ", recurrent_activation='tanh', reset_after=False")]},
    'Bidirectional': [STEPS, *[f"layers.{name}(3{', return_sequences=True' if i % 2 else ''}), merge_mode={mode!r}"
                                for i, mode in enumerate(['concat', 'sum', 'mul', 'ave', None])
                                for name in ('SimpleRNN', 'LSTM', 'GRU')],
                      "layers.GRU(2, reset_after=False), merge_mode=None",
                      f"layers.LSTM(3, recurrent_activation='tanh', {weights('kernel', 'recurrent', 'bias')})",
                      "layers.LSTM(3, dropout=0.25, recurrent_dropout=0.5)",
                      "layers.LSTM(3, go_backwards=True, return_sequences=True), backward_layer=layers.GRU(2, return_sequences=True, name='own')",
                      "layers.LSTM(3), 'sum', backward_layer=layers.SimpleRNN(3, activation='relu', go_backwards=True)"],
    'TimeDistributed': [CLIP, "layers.Conv2D(2, 3, activation='relu', kernel_regularizer=regularizers.L1L2(0.1, 0.2))", 'layers.Flatten()',
                        'layers.Dropout(0.2)', "layers.MaxPooling2D(2, strides=1, padding='same')",
                        'layers.GlobalAveragePooling2D()', 'layers.BatchNormalization()', 'layers.Dense(4)', 'layers.Rescaling(2.0)',
                        'layers.Reshape((6, 6))', "layers.TimeDistributed(layers.LSTM(3))",
                        'layers.TimeDistributed(layers.Bidirectional(layers.GRU(3)))', "layers.Activation('softmax')",
                        "keras.Sequential([layers.Input(CLIP[1:], name='first_input'), layers.Conv2D(2, 3, name='first'), layers.BatchNormalization(), layers.Flatten(), layers.Dense(2)])"],
    'Masking': [SERIES, '', 'mask_value=0.5'],
    'Embedding': [ROW, '7, 2', '7, 2, mask_zero=True', f"8, 3, {weights('embeddings')}, activity_regularizer=regularizers.L1(0.1)"],
    'Activation': [PICTURE, *[f"'{name}'" for name in ACTIVATIONS]],
    'ReLU': [ROW, '', 'max_value=0.5', 'negative_slope=0.1', 'threshold=0.2', '0.7, 0.2, 0.1'],
    'LeakyReLU': [ROW, '', 'negative_slope=0.1'],
    'PReLU': [PICTURE, '', 'shared_axes=[1, 2]', weights('alpha')],
    'ELU': [ROW, '', 'alpha=0.4'],
    'Softmax': [PICTURE, '', 'axis=3'],
    'Dropout': [PICTURE, '0.2', '0.4, seed=3', '0.4, noise_shape=(None, 1, 1, 1)'],
    'SpatialDropout1D': [SERIES, '0.2', '0.4, seed=3'],
    'SpatialDropout2D': [PICTURE, '0.2', '0.4, seed=3'],
    'GaussianNoise': [PICTURE, '0.2', '0.4, seed=3'],
    'GaussianDropout': [PICTURE, '0.2', '0.4, seed=3'],
    'AlphaDropout': [PICTURE, '0.2', '0.4, seed=3'],
    'ActivityRegularization': [PICTURE, '', '0.1, 0.2'],
    'Identity': [PICTURE, ''],
    'Flatten': [PICTURE, ''],
    'Reshape': [PICTURE, '(9, 24)', '(-1, 4)'],
    'Permute': [PICTURE, '(1, 2, 3)', '(3, 1, 2)'],
    'RepeatVector': [ROW, '2', '3'],
    'ZeroPadding2D': [PICTURE, '', '2', '(1, 2)', '((1, 2), (3, 0))'],
    'Cropping2D': [PICTURE, '', '2', '(1, 2)', '((1, 2), (3, 0))'],
    'UpSampling2D': [PICTURE, '', '(2, 3)', "3, interpolation='bilinear'"],
    'LayerScale': [PICTURE, '0.1, 3', '0.2, 3'],
    'CustomScaleLayer': [[PICTURE, PICTURE], '0.1', '0.3'],
    'Add': [[PICTURE, PICTURE], ''],
    'Subtract': [[PICTURE, PICTURE], ''],
    'Multiply': [[PICTURE, (1, 1, 3)], ''],
    'Average': [[PICTURE, PICTURE, PICTURE], ''],
    'Maximum': [[PICTURE, PICTURE], ''],
    'Minimum': [[PICTURE, PICTURE], ''],
    'Concatenate': [[PICTURE, PICTURE], '', 'axis=1'],
    'Rescaling': [PICTURE, '2', '1 / 127.5, offset=-1', '[1.0, 2.0, 3.0], offset=[0.1, 0.2, 0.3]'],
    'Normalization': [PICTURE, 'mean=0.5, variance=2.0', 'axis=None, mean=0.5, variance=2.0', '',
                      'axis=2, mean=[float(i) for i in range(8)], variance=[1.0 + i for i in range(8)]',
                      'mean=[1.0, 2.0, 3.0], variance=[1.0, 4.0, 9.0], invert=True'],
    'Resizing': [PICTURE, '5, 4', "5, 7, interpolation='nearest'", '4, 8, crop_to_aspect_ratio=True',
                 '12, 20', '8, 20, pad_to_aspect_ratio=True, fill_value=0.5'],
    'CenterCrop': [PICTURE, '4, 4', '5, 3', '8, 8', '12, 7', '12, 20'],
    'AugMix': [PICTURE, '(0, 1)', "(0, 2), 4, 2, 0.2, alpha=0.5, all_ops=False, interpolation='nearest', seed=3"],
    'CutMix': [PICTURE, '', '0.3, seed=3'],
    'MixUp': [PICTURE, '', '0.3, seed=3'],
    'RandAugment': [PICTURE, '', "(0, 1), 3, 0.2, interpolation='nearest', seed=3"],
    'RandomBrightness': [PICTURE, '0.5', '(0.1, 0.2), value_range=(0, 1), seed=3'],
    'RandomColorDegeneration': [PICTURE, '0.5', '(0.1, 0.2), value_range=(0, 1), seed=3'],
    'RandomColorJitter': [PICTURE, '', '(0, 1), 0.1, 0.2, 0.3, 0.4, seed=3'],
    'RandomContrast': [PICTURE, '0.5', '(0.1, 0.2), value_range=(0, 1), seed=3'],
    'RandomCrop': [PICTURE, '9, 8, seed=1', '5, 4, seed=3'],
    'RandomElasticTransform': [PICTURE, '', "0.2, 0.3, 'nearest', 'wrap', 0.4, (0, 1), seed=3"],
    'RandomErasing': [PICTURE, '', '0.2, (0.1, 0.2), 0.3, (0, 1), seed=3'],
    'RandomFlip': [PICTURE, '', "'horizontal', seed=3"],
    'RandomGaussianBlur': [PICTURE, '', '0.5, (5, 3), 0.4, (0, 1), seed=3'],
    'RandomGrayscale': [PICTURE, '', '0.3'],
    'RandomHue': [PICTURE, '0.5', '(0.1, 0.2), value_range=(0, 1), seed=3'],
    'RandomInvert': [PICTURE, '', '0.5, (0, 1), seed=3'],
    'RandomPerspective': [PICTURE, '', "0.5, 0.4, 'nearest', 0.3, seed=3"],
    'RandomPosterization': [PICTURE, '4', '5, value_range=(0, 1), seed=3'],
    'RandomRotation': [PICTURE, '0.5', "(0.1, 0.2), 'constant', 'nearest', seed=3, fill_value=0.4"],
    'RandomSaturation': [PICTURE, '0.5', '(0.1, 0.2), value_range=(0, 1), seed=3'],
    'RandomSharpness': [PICTURE, '0.5', '(0.1, 0.2), value_range=(0, 1), seed=3'],
    'RandomShear': [PICTURE, '', "(0.1, 0.2), (0.3, 0.4), 'nearest', 'wrap', 0.3, seed=3"],
    'RandomTranslation': [PICTURE, '0.1, 0.1', "(0.1, 0.2), (0.3, 0.4), 'constant', 'nearest', seed=3, fill_value=0.4"],
    'RandomZoom': [PICTURE, '0.5', "(0.1, 0.2), (0.3, 0.4), 'constant', 'nearest', seed=3, fill_value=0.4"],
    'Solarization': [PICTURE, '', '0.2, 0.3, (0, 1), seed=3'],
}

# Settings of which one value alone is known here: all others are refused.
REFUSED = {
    'data_format', 'output_padding', 'synchronized', 'renorm', 'quantization_config',
    'rms_scaling', 'fill_mode', 'antialias', 'noise_shape', 'Conv2DTranspose.dilation_rate',
    'GlobalAveragePooling1D.keepdims', 'GlobalMaxPooling1D.keepdims', 'LayerNormalization.beta_constraint',
    'LayerNormalization.gamma_constraint', 'GroupNormalization.axis', 'GroupNormalization.beta_regularizer',
    'GroupNormalization.gamma_regularizer', 'GroupNormalization.beta_constraint', 'GroupNormalization.gamma_constraint',
    'return_state', 'stateful', 'zero_output_for_mask',
    'SimpleRNN.activity_regularizer',  # Keras 3.15.1 forgets it itself
    'LayerScale.projection_dim',  # The channels of its input
}
# Not what is meant here, or without effect where another setting is refused.
COMMON = {'name', 'trainable', 'dtype', 'renorm_clipping', 'renorm_momentum'}


# Of these, a setting and what is said of it.
REFUSALS = [
    ('Conv2D', PICTURE, "3, 2, data_format='channels_first'"),
    ('Conv2D', PICTURE, "3, 2, kernel_regularizer=regularizers.OrthogonalRegularizer()"),
    ('Conv2DTranspose', PICTURE, '3, 2, strides=2, output_padding=1'),
    ('Conv2DTranspose', PICTURE, '3, 2, dilation_rate=2'),
    ('Dense', ROW, "3, activation='glu'"),
    ('SimpleRNN', SERIES, '2, return_state=True'),
    ('Bidirectional', SERIES, 'layers.LSTM(2, return_state=True)'),
    ('TimeDistributed', (3, *PICTURE), "layers.Conv2D(2, 2, data_format='channels_first')"),
    ('GlobalMaxPooling1D', SERIES, 'keepdims=True'),
    ('GroupNormalization', PICTURE, '3, axis=1'),
    ('LayerNormalization', PICTURE, 'rms_scaling=True'),
    ('BatchNormalization', PICTURE, 'synchronized=True'),
    ('Resizing', PICTURE, "4, 4, interpolation='lanczos3'"),
    ('Resizing', PICTURE, '4, 4, antialias=True'),
    ('UpSampling2D', PICTURE, "interpolation='bicubic'"),
    ('AlphaDropout', PICTURE, '0.2, noise_shape=(None, 1, 1, 3)'),
    ('Softmax', PICTURE, 'axis=(1, 2)'),
    ('Softmax', PICTURE, 'axis=1'),
]


def shapes_of(given):
    return given if isinstance(given, list) else [given]


def make(class_name, arguments, **more):
    layer_class = OF_APPLICATIONS.get(class_name) or getattr(layers, class_name)
    return eval(f'made({arguments}{", " if arguments else ""}**more)', {**globals(), 'made': layer_class, 'more': more})


def randomize(layer, rng):
    for v in layer.weights:
        r = rng.standard_normal(v.shape).astype('float32')
        v.assign(np.abs(r) + 0.5 if 'variance' in v.path else 0.4 * r)
    if isinstance(layer, layers.Normalization):
        layer.finalize_state()


def as_list(values):
    return list(values) if isinstance(values, (list, tuple)) else [values]


def drawn_inputs(name, shapes, batch, rng):
    if name == 'Embedding':
        return [rng.integers(0, 7, (batch, *shape)).astype('float32') for shape in shapes]
    return [rng.uniform(-1, 1, (batch, *shape)).astype('float32') for shape in shapes]


def numbers(values):
    return [values.ravel().tolist(), list(values.shape)]


def only(values):
    return values if len(values) > 1 else values[0]


def side_by_side(ways):
    """A model of layers that have nothing to do with each other: (inputs, outputs) of each."""
    return keras.Model(only([x for inputs, _ in ways for x in inputs]), only([y for _, outputs in ways for y in outputs]))


def computed(name, model):
    """The inputs and the output of each case, in a model of all of them; several outputs in one."""
    given, *cases = CASES[name]
    xs = drawn_inputs(name, shapes_of(given), 2, np.random.default_rng(2))
    ys = as_list(model(only(xs * len(cases)), training=False))
    for i in range(len(cases)):
        count = len(as_list(model.get_layer(f'it_{i}').output))
        y = [np.array(y) for y in ys[:count]]
        del ys[:count]
        yield xs, np.concatenate(y, -1) if count > 1 else y[0]


# What is computed in training is drawn, or what comes here is not trained: augmentation.
DRAWN = {'Dropout', 'SpatialDropout1D', 'SpatialDropout2D', 'GaussianNoise', 'GaussianDropout', 'AlphaDropout', 'AugMix',
         'CutMix', 'MixUp', 'RandAugment', 'Solarization'}

# Where the way back to the input is another one than that of the cases.
ALSO_TRAINED = [
    ('BatchNormalization', SERIES, 'axis=1'),
    ('BatchNormalization', (4, 6, 5, 3), 'scale=False'),
    ('LayerNormalization', (4, 6, 5, 3), 'axis=[3, 4]'),
    ('UpSampling2D', PICTURE, "(3, 2), interpolation='bilinear'"),
    ('UpSampling2D', PICTURE, "3, interpolation='nearest'"),
    ('Resizing', PICTURE, "20, 5, interpolation='nearest'"),
]


def is_trained(name, arguments):
    return name not in DRAWN and not name.startswith('Random') and 'ropout' not in arguments


def json_of(value):
    return json.loads(json.dumps(value, default=list))


def config_of(layer):
    return json_of({k: v for k, v in keras.saving.serialize_keras_object(layer)['config'].items()})


def save(folder):
    told = []
    for name, (given, *cases) in CASES.items():
        ways, made = [], []
        for i, arguments in enumerate(cases):
            layer = make(name, arguments, name=f'it_{i}')
            inputs = [keras.Input(shape) for shape in shapes_of(given)]
            ways.append((inputs, as_list(layer(only(inputs)))))
            randomize(layer, np.random.default_rng(i))
            made.append(layer)
        model = side_by_side(ways)
        model.save(f'{folder}/{name}.keras')
        if name not in NOT_IN_H5:
            model.save(f'{folder}/{name}.h5')
        told.append({'name': name, 'cases': [
            {'arguments': arguments, 'inputs': [numbers(x) for x in xs], 'outputs': len(outputs), 'output': numbers(y), 'config': config_of(layer)}
            for arguments, layer, (_, outputs), (xs, y) in zip(cases, made, ways, computed(name, model))]})
    print(json.dumps(told))


def train(folder):
    """One step of gradient descent. The Dense is the identity, so that a layer gets what it would get without it."""
    import tensorflow as tf

    told = []
    for name, (given, *cases) in CASES.items():
        cases = [(given, arguments) for arguments in cases] + [(shape, arguments) for also, shape, arguments in ALSO_TRAINED if also == name]
        ways, xs, outputs = [], [], []
        for i, (given, arguments) in enumerate(cases):
            if not is_trained(name, arguments):
                continue
            rng = np.random.default_rng(i)
            shapes = shapes_of(given)
            layer = make(name, arguments, name=f'it_{i}')
            inputs = [keras.Input(shape) for shape in shapes]
            before = [layers.Dense(shape[-1], kernel_initializer='identity', name=f'before_{i}_{k}') for k, shape in enumerate(shapes)]
            before = inputs if name == 'Embedding' else [dense(x) for dense, x in zip(before, inputs)]
            made = as_list(layer(only(before)))
            if 'backward_layer' in arguments and layer(np.zeros((1, *given), 'float32')).shape[1:] != made[0].shape[1:]:
                continue  # Bidirectional, whose ways differ in their units: Keras says twice those of the first
            randomize(layer, rng)
            # tfjs adds up the losses of rows.
            made = [layers.Flatten(name=f'out_{i}_{k}')(y) for k, y in enumerate(made)]
            ways.append((inputs, made))
            xs.append(drawn_inputs(name, shapes, 3, rng))
            outputs.append({'arguments': arguments, 'inputs': [numbers(x) for x in xs[-1]]})
        if not ways:
            continue
        model = side_by_side(ways)
        model.save(f'{folder}/trained-{name}.keras')
        with tf.GradientTape() as tape:
            ys = as_list(model(only([x for some in xs for x in some]), training=True))
            losses = [tf.reduce_mean((y - 0.3) ** 2) for y in ys]
            loss = sum(losses) + sum(model.losses)
        variables = [v.value for v in model.trainable_weights]
        for v, gradient in zip(variables, tape.gradient(loss, variables)):
            v.assign_sub(0.1 * tf.convert_to_tensor(gradient))
        for (_, made), some in zip(ways, outputs):
            some['outputs'] = [{'name': y._keras_history.operation.name, 'shape': list(ys.pop(0).shape), 'loss': float(losses.pop(0))} for y in made]
        told.append({'name': name, 'cases': outputs, 'loss': float(loss),
                     'weights': [v.numpy().ravel().tolist() for v in model.weights if 'seed' not in v.path]})
    print(json.dumps(told))


def check(folder):
    told = []
    for name in CASES:
        for ending in ('back.keras', 'back.h5', 'tfjs.keras'):
            if ending == 'back.h5' and name in NOT_IN_H5:
                continue
            try:
                model = keras.models.load_model(f'{folder}/{name}-{ending}', compile=False)
            except Exception as error:
                told.append({'error': str(error).strip().splitlines()[-1]})
                continue
            told.append({'cases': [{'output': numbers(y), 'config': config_of(model.get_layer(f'it_{i}'))}
                                   for i, (_, y) in enumerate(computed(name, model))]})
    print(json.dumps(told))


def refused(folder):
    for i, (name, shape, arguments) in enumerate(REFUSALS):
        a = keras.Input(shape)
        keras.Model(a, make(name, arguments, name='it')(a)).save(f'{folder}/refused-{i}.keras')
    print(json.dumps(REFUSALS))


def untold():
    """Settings of a class that no case has away from its default."""
    for name, (given, *cases) in CASES.items():
        configs = [config_of(make(name, arguments)) for arguments in cases]
        for setting in configs[0]:
            if len({json.dumps(config.get(setting)) for config in configs}) > 1:
                continue
            if not {setting, f'{name}.{setting}'} & (REFUSED | COMMON):
                yield f'{name}.{setting}'


if sys.argv[1] == 'save':
    save(sys.argv[2])
elif sys.argv[1] == 'train':
    train(sys.argv[2])
elif sys.argv[1] == 'check':
    check(sys.argv[2])
elif sys.argv[1] == 'refused':
    refused(sys.argv[2])
else:
    print(json.dumps(list(untold())))

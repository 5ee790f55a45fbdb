"""ResNet-50 in Keras. Imports TensorFlow: only where features are made."""

from pathlib import Path
from typing import Any

import keras


def resnet50(weights: Path) -> Any:
    """Build the network up to its pooled layer, from weights with or without the last layer.

    Raises ValueError or OSError when the file holds something else.
    """
    network = keras.applications.ResNet50(include_top=False, weights=None, pooling="avg")
    try:
        network.load_weights(weights)
    except ValueError:
        whole = keras.applications.ResNet50(weights=None)
        whole.load_weights(weights)
        network = keras.Model(whole.inputs, whole.get_layer("avg_pool").output)
    return network

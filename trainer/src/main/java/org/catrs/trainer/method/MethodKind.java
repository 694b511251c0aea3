// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.catrs.schemas.InvalidDataException;
import org.catrs.trainer.method.hyperparameter.Hyperparameter;
import org.catrs.trainer.method.hyperparameter.HyperparameterValues;

/** The training methods; a command line names them in lower case with a hyphen. A new one is its class, and a line. */
@SuppressWarnings("ImmutableEnumChecker") // a list that cannot be modified, and a constructor
public enum MethodKind {
    GAUSSIAN(GaussianTraining.HYPERPARAMETERS, GaussianTraining::new),
    STABILITY(StabilityTraining.HYPERPARAMETERS, StabilityTraining::new),
    SMOOTHADV(SmoothAdv.HYPERPARAMETERS, SmoothAdv::new),
    MACER(Macer.HYPERPARAMETERS, Macer::new),
    CONSISTENCY(Consistency.HYPERPARAMETERS, Consistency::new),
    SMOOTHMIX(SmoothMix.HYPERPARAMETERS, SmoothMix::new),
    CAT_RS(CatRs.HYPERPARAMETERS, CatRs::new),
    CAT_RS_KL(CatRsKl.HYPERPARAMETERS, CatRsKl::new);

    private final List<Hyperparameter<?>> hyperparameters;
    private final Function<HyperparameterValues, TrainingMethod> constructor;

    MethodKind(List<Hyperparameter<?>> hyperparameters, Function<HyperparameterValues, TrainingMethod> constructor) {
        this.hyperparameters = hyperparameters;
        this.constructor = constructor;
    }

    /** What it is set up with. */
    public List<Hyperparameter<?>> hyperparameters() {
        return hyperparameters;
    }

    /**
     * A method that is set up.
     *
     * @param given values of hyperparameters by name, without dashes; what is not given has its standard value
     * @param epochs passes over the data that the training will make, at least 0
     * @throws InvalidDataException when the method does not know a name, or a value is out of its range
     */
    public TrainingMethod create(Map<String, String> given, double epochs) {
        for (String name : given.keySet()) {
            if (hyperparameters.stream().noneMatch(known -> known.name().equals(name))) {
                throw new InvalidDataException("--" + name + " is not an option of --method " + this);
            }
        }
        return constructor.apply(new HyperparameterValues(hyperparameters, given, epochs));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

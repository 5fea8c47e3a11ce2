package io.snowball.segmentation.prediction;

import java.util.Arrays;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.PointValuePair;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.hipparchus.optim.nonlinear.scalar.noderiv.SimplexOptimizer;

/**
 * Finds the positive parameters under which what was observed is likeliest. Nelder and Mead over their logarithms, begun again from
 * where it stopped until that gains nothing: a simplex that has collapsed too early opens again.
 */
final class MaximumLikelihood {
    /** Parameters from 0.0009 to 163,000: where the best lies at the edge, the data do not tell it. */
    private static final double EDGE_LOW = -7;

    private static final double EDGE_HIGH = 12;
    private static final double EDGE_NEAR = 0.05;
    private static final int RESTARTS_MAX = 12;
    private static final int EVALUATIONS_MAX = 5_000;
    private static final double PRECISION = 1e-11;

    private MaximumLikelihood() {}

    /** @param identified false where a parameter ran to the edge of what is tried: the data do not determine it */
    record Fit<M>(M model, double logLikelihood, boolean identified) {}

    static <M> Fit<M> fit(int size, Function<double[], M> model, ToDoubleFunction<M> logLikelihood) {
        PointValuePair best = climb(new double[size], model, logLikelihood);
        for (int i = 0; i < RESTARTS_MAX; i++) {
            PointValuePair next = climb(best.getPoint(), model, logLikelihood);
            boolean gained = next.getValue() - best.getValue() > PRECISION * Math.abs(best.getValue());
            best = next.getValue() > best.getValue() ? next : best;
            if (!gained) {
                break;
            }
        }
        boolean inside = Arrays.stream(best.getPoint())
                .allMatch(log -> log > EDGE_LOW + EDGE_NEAR && log < EDGE_HIGH - EDGE_NEAR);
        return new Fit<>(model.apply(exp(best.getPoint())), best.getValue(), inside);
    }

    private static <M> PointValuePair climb(
            double[] logs, Function<double[], M> model, ToDoubleFunction<M> logLikelihood) {
        return new SimplexOptimizer(PRECISION, PRECISION)
                .optimize(
                        new MaxEval(EVALUATIONS_MAX),
                        GoalType.MAXIMIZE,
                        new InitialGuess(logs),
                        new NelderMeadSimplex(logs.length, 0.5),
                        new ObjectiveFunction(point -> value(point, model, logLikelihood)));
    }

    private static <M> double value(double[] logs, Function<double[], M> model, ToDoubleFunction<M> logLikelihood) {
        if (Arrays.stream(logs).anyMatch(log -> log < EDGE_LOW || log > EDGE_HIGH)) {
            return -Double.MAX_VALUE;
        }
        double value = logLikelihood.applyAsDouble(model.apply(exp(logs)));
        return Double.isNaN(value) ? -Double.MAX_VALUE : value;
    }

    private static double[] exp(double[] logs) {
        return Arrays.stream(logs).map(Math::exp).toArray();
    }
}

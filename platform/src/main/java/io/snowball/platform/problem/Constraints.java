package io.snowball.platform.problem;

import io.vertx.pgclient.PgException;
import java.util.function.UnaryOperator;

/** Turns a violated database constraint into the problem that names it: {@code .onFailure().transform(Constraints.to(X.EMAIL_TAKEN))}. */
public final class Constraints {
    private Constraints() {}

    public static UnaryOperator<Throwable> to(ProblemType... catalogue) {
        return failure -> {
            if (failure instanceof PgException violation && violation.getConstraint() != null) {
                for (ProblemType type : catalogue) {
                    if (violation.getConstraint().equals(type.constraint())) {
                        return type.with(type.title());
                    }
                }
            }
            return failure;
        };
    }
}

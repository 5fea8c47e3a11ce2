package io.snowball.customer;

import io.snowball.platform.problem.Problem;
import io.snowball.platform.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a request one by one, so that the caller hears of all that is wrong at once. */
public final class FieldErrors {
    private final List<Problem.FieldError> errors = new ArrayList<>();

    /** @return null where the value is refused; {@link #throwIfAny} comes before anything is done with it */
    public <T> @Nullable T read(String pointer, Supplier<@Nullable T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException refused) {
            errors.add(new Problem.FieldError(pointer, "invalid", String.valueOf(refused.getMessage())));
            return null;
        }
    }

    public void throwIfAny() {
        if (!errors.isEmpty()) {
            throw ProblemException.invalidFields(errors);
        }
    }
}

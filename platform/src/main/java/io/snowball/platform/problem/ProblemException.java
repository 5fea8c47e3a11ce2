package io.snowball.platform.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A failure that the caller can understand. Carries no stack trace: it is an answer, not an accident. */
public final class ProblemException extends RuntimeException {
    private final transient ProblemType type;
    private final transient List<Problem.FieldError> errors;
    private final @Nullable Integer retryAfterSeconds;

    public ProblemException(ProblemType type, String detail) {
        this(type, detail, List.of(), null);
    }

    public ProblemException(
            ProblemType type, String detail, List<Problem.FieldError> errors, @Nullable Integer retryAfterSeconds) {
        super(detail, null, false, false);
        this.type = type;
        this.errors = List.copyOf(errors);
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** One wrong field of the request; {@code pointer} is an RFC 6901 JSON pointer. */
    public static ProblemException invalidField(String pointer, String code, String detail) {
        return new ProblemException(
                CommonProblem.INVALID_REQUEST, detail, List.of(new Problem.FieldError(pointer, code, detail)), null);
    }

    public static ProblemException invalidFields(List<Problem.FieldError> errors) {
        return new ProblemException(CommonProblem.INVALID_REQUEST, "Some fields are not valid", errors, null);
    }

    public static ProblemException unavailable(String detail, int retryAfterSeconds) {
        return new ProblemException(CommonProblem.UNAVAILABLE, detail, List.of(), retryAfterSeconds);
    }

    public ProblemType type() {
        return type;
    }

    public List<Problem.FieldError> errors() {
        return errors;
    }

    public @Nullable Integer retryAfterSeconds() {
        return retryAfterSeconds;
    }
}

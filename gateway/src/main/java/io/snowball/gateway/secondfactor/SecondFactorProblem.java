package io.snowball.gateway.secondfactor;

import io.snowball.platform.problem.ProblemType;

public enum SecondFactorProblem implements ProblemType {
    CODE_REQUIRED("second-factor-required", 401, "The password is right; the code of the second factor is missing"),
    WRONG_CODE("wrong-second-factor", 401, "The code is wrong, or was used already"),
    DUE("second-factor-due", 403, "Your role needs a second factor: set it up first"),
    NOT_BEGUN("second-factor-not-begun", 409, "There is no second factor that waits for its first code"),
    WRONG_FIRST_CODE("wrong-first-code", 400, "This is not the code that the app shows now"),
    SET_UP_ALREADY("second-factor-exists", 409, "You have a second factor already"),
    NONE("no-second-factor", 409, "You have no second factor"),
    OWN_FACTOR("own-second-factor", 409, "Nobody resets their own second factor");

    private final String slug;
    private final int status;
    private final String title;

    SecondFactorProblem(String slug, int status, String title) {
        this.slug = slug;
        this.status = status;
        this.title = title;
    }

    @Override
    public String slug() {
        return slug;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}

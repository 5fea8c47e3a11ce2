package io.snowball.customer.points;

import io.snowball.platform.problem.ProblemType;

enum PointsProblem implements ProblemType {
    NOT_ENOUGH("not-enough-points", 409, "The customer has not enough points"),
    SHARE_EXCEEDED("points-share-exceeded", 409, "So much of an order can't be paid with points"),
    SETTLED("redemption-settled", 409, "The redemption is not held any more"),
    NOT_CAPTURED("redemption-not-captured", 409, "There is nothing to give back"),
    UNKNOWN_CUSTOMER("unknown-customer", 404, "There is no such customer");

    private final String slug;
    private final int status;
    private final String title;

    PointsProblem(String slug, int status, String title) {
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

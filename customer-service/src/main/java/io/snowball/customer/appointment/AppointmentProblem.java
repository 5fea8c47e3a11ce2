package io.snowball.customer.appointment;

import io.snowball.platform.problem.ProblemType;

enum AppointmentProblem implements ProblemType {
    CUSTOMER_BLOCKED("customer-blocked", "The customer's data are blocked"),
    OVER("appointment-over", "The appointment is over or cancelled"),
    NO_SUCH_STEP("appointment-state", "The appointment can't become that");

    private final String slug;
    private final String title;

    AppointmentProblem(String slug, String title) {
        this.slug = slug;
        this.title = title;
    }

    @Override
    public String slug() {
        return slug;
    }

    @Override
    public int status() {
        return 409;
    }

    @Override
    public String title() {
        return title;
    }
}

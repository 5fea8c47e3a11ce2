package io.snowball.consent.calendar;

import io.snowball.platform.problem.ProblemType;

enum CalendarProblem implements ProblemType {
    YEAR_MISSING("calendar-year-missing", 409, "The production calendar of a year is missing"),
    YEAR_NOT_FOUND("calendar-year-not-found", 404, "There is no production calendar of this year"),
    TERM_NOT_FOUND("legal-term-not-found", 404, "The law set no such term on that day"),
    NO_DAYS_OF_THE_YEAR("foreign-days-off", 400, "Each day off is a day of the year, and named once");

    private final String slug;
    private final int status;
    private final String title;

    CalendarProblem(String slug, int status, String title) {
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

package io.snowball.campaign.channel;

import io.snowball.platform.problem.ProblemType;

enum TariffProblem implements ProblemType {
    VALID_FROM_TAKEN(
            "tariff-valid-from-taken",
            409,
            "This channel has a tariff from that moment already: choose another",
            "uq_tariff__channel_valid_from");

    private final String slug;
    private final int status;
    private final String title;
    private final String constraint;

    TariffProblem(String slug, int status, String title, String constraint) {
        this.slug = slug;
        this.status = status;
        this.title = title;
        this.constraint = constraint;
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

    @Override
    public String constraint() {
        return constraint;
    }
}

package io.snowball.campaign.campaign;

import io.snowball.platform.problem.ProblemType;

enum CampaignProblem implements ProblemType {
    WRONG_STATE("campaign-wrong-state", 409, "The campaign's state does not allow this"),
    NOT_EDITABLE("campaign-not-editable", 409, "The campaign can no longer be changed"),
    UNKNOWN_SEGMENT("unknown-segment", 409, "There is no segment with this segmentId"),
    LABEL_MISSING("advertising-label-missing", 409, "The template needs its advertising label (38-FZ art. 18.1)"),
    IS_ADVERTISING("offer-is-advertising", 409, "A third party's offer is advertising, whatever else the message is");

    private final String slug;
    private final int status;
    private final String title;

    CampaignProblem(String slug, int status, String title) {
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

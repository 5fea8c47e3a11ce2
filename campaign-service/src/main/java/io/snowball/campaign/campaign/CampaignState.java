package io.snowball.campaign.campaign;

/** Where a campaign stands, and what may be done with it there. */
public enum CampaignState {
    DRAFT,
    /** The segment's members are being copied. */
    PLANNING,
    RUNNING,
    PAUSED,
    COMPLETED,
    CANCELLED;

    /** What a person does with a campaign. */
    enum Move {
        LAUNCH,
        PAUSE,
        RESUME,
        CANCEL
    }

    /**
     * A move that has been made already leads to where it led: who repeats it is not told off.
     *
     * @param planned whether all members have been copied: a campaign that was paused before goes on with that
     * @throws io.snowball.platform.problem.ProblemException where the move makes no sense from here
     */
    CampaignState after(Move move, boolean planned) {
        return switch (move) {
            case LAUNCH -> this == DRAFT ? PLANNING : refuse("Only a draft can be launched");
            case PAUSE ->
                switch (this) {
                    case PLANNING, RUNNING, PAUSED -> PAUSED;
                    case DRAFT, COMPLETED, CANCELLED -> refuse("Only a campaign that is under way can be paused");
                };
            case RESUME ->
                switch (this) {
                    case PAUSED -> planned ? RUNNING : PLANNING;
                    case PLANNING, RUNNING -> this;
                    case DRAFT, COMPLETED, CANCELLED -> refuse("Only a paused campaign can be resumed");
                };
            case CANCEL ->
                switch (this) {
                    case DRAFT, PLANNING, RUNNING, PAUSED, CANCELLED -> CANCELLED;
                    case COMPLETED -> refuse("A completed campaign has nothing left to cancel");
                };
        };
    }

    private CampaignState refuse(String rule) {
        throw CampaignProblem.WRONG_STATE.with(rule + "; this one is " + this);
    }
}

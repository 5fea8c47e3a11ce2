package io.snowball.customer.feedback;

/** What is measured, and on which scale. */
enum FeedbackKind {
    /** Net Promoter Score: share of 9 and 10 minus share of 0 to 6. */
    NPS(0, 10),
    /** Customer satisfaction: share of the two highest marks. It is not retention. */
    CSAT(1, 5),
    /** Customer effort score: mean mark. */
    CES(1, 7),
    /** Customer loyalty index: mean of recommend, repurchase and try-other; 6 is "definitely yes". It is not repeat sales. */
    CLI(1, 6);

    private final int least;
    private final int most;

    FeedbackKind(int least, int most) {
        this.least = least;
        this.most = most;
    }

    int least() {
        return least;
    }

    int most() {
        return most;
    }

    int itemCount() {
        return this == CLI ? 3 : 0;
    }

    /** @throws IllegalArgumentException with a sentence for the sender */
    int check(int mark) {
        if (mark < least || mark > most) {
            throw new IllegalArgumentException("a mark of " + this + " is between " + least + " and " + most);
        }
        return mark;
    }
}

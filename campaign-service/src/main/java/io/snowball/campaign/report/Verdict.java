package io.snowball.campaign.report;

/** What the numbers allow to say, in words for those who don't read intervals. */
enum Verdict {
    NO_CONTROL_GROUP("Without a control group nobody knows what these customers would have bought anyway."),
    TOO_SMALL("Too few to say anything: each group needs at least " + Verdict.CUSTOMERS_MIN + " customers and "
            + Verdict.BUYERS_MIN
            + " buyers. Wait for the end of the attribution days, or repeat it with more customers."),
    NOT_SHOWN("The two groups do not differ more than chance explains: an effect is not shown."),
    RAISED("More of those who got the message bought than of the control group, beyond what chance explains."),
    LOWERED("Fewer of those who got the message bought than of the control group, beyond what chance explains.");

    private static final int CUSTOMERS_MIN = 100;
    private static final int BUYERS_MIN = 5;

    private final String sentence;

    Verdict(String sentence) {
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }

    static Verdict of(Group treated, Group control) {
        if (control.customers() == 0) {
            return NO_CONTROL_GROUP;
        }
        if (Math.min(treated.customers(), control.customers()) < CUSTOMERS_MIN
                || Math.min(treated.buyers(), control.buyers()) < BUYERS_MIN) {
            return TOO_SMALL;
        }
        Uplift conversion = Uplift.ofConversion(treated, control);
        if (!conversion.interval().excludesZero()) {
            return NOT_SHOWN;
        }
        return conversion.absolute() > 0 ? RAISED : LOWERED;
    }
}

package io.snowball.segmentation.erosion;

import io.snowball.segmentation.Wilson;
import java.util.ArrayList;
import java.util.List;

/**
 * What a contact takes from the response probability: the difference between the arms, divided by the difference in the contacts
 * they had. Being in the rest group is drawn by lot and changes nothing but the contacts, so this is an instrumental variable
 * estimate (A. Wald 1940; G. W. Imbens, J. D. Angrist, Econometrica 62, 1994) and stands although who gets a message, who is spared
 * and who is skipped may depend on anything. Its variance is that of a ratio by the delta method.
 */
record ErosionEstimate(ErosionSums usual, ErosionSums resting) {
    static final int PROBES_MIN = 200;
    static final int RESPONSES_MIN = 10;
    private static final double DIFFERENCE_MIN = 3;

    /** @param from,to where it lies in 95 of 100 cases */
    record Range(double value, double from, double to) {
        private static Range of(double value, double variance) {
            double half = Wilson.Z95 * Math.sqrt(variance);
            return new Range(value, value - half, value + half);
        }

        Range times(double factor) {
            return new Range(value * factor, from * factor, to * factor);
        }
    }

    /** Of the response probability, from those who rested to those who did not. */
    Range fall() {
        return Range.of(resting.response() - usual.response(), fallVariance());
    }

    private double fallVariance() {
        return resting.responseVariance() + usual.responseVariance();
    }

    double contactsMore() {
        return usual.contacts() - resting.contacts();
    }

    private double contactsVariance() {
        return usual.contactsVariance() + resting.contactsVariance();
    }

    /** Only where {@link #missing} is empty. */
    Range fallPerContact() {
        double contacts = contactsMore();
        double ratio = (resting.response() - usual.response()) / contacts;
        double covariance = -usual.covariance() - resting.covariance();
        double variance =
                (fallVariance() - 2 * ratio * covariance + ratio * ratio * contactsVariance()) / (contacts * contacts);
        return Range.of(ratio, Math.max(0, variance));
    }

    /** Kopecks for each response, in both arms. */
    double worthOfResponse() {
        double responses = usual.r() + resting.r();
        return responses == 0 ? 0 : (usual.worth() + resting.worth()) / responses;
    }

    /**
     * One more contact now takes its part from the probability of each message that comes within as many days as the rest lasts:
     * for so long it was measured.
     *
     * @param worth of a response, in kopecks
     */
    Range price(double worth) {
        return fallPerContact().times(usual.contacts() * worth);
    }

    /** Why it says nothing, in sentences; empty where it does. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        enough(missing, "who rest", resting);
        enough(missing, "who do not", usual);
        if (missing.isEmpty() && contactsMore() <= DIFFERENCE_MIN * Math.sqrt(contactsVariance())) {
            missing.add(
                    "Those who rest got nearly as many messages as the others: the rest was not kept, or nobody was written to.");
        }
        return missing;
    }

    private static void enough(List<String> missing, String who, ErosionSums arm) {
        if (arm.p() < PROBES_MIN || arm.r() < RESPONSES_MIN) {
            missing.add(
                    "Of those %s there are %.0f first messages after a rest period, answered %.0f times; at least %d and %d are needed."
                            .formatted(who, arm.p(), arm.r(), PROBES_MIN, RESPONSES_MIN));
        }
    }

    /**
     * What a mailing brings today, and what it takes: the deck's warning that ROI hides erosion, in roubles.
     *
     * @param audience people written to
     * @param response the share of them that responds
     * @param fall by which the response probability of each falls
     * @param worth of a response
     */
    record Balance(double audience, double response, double fall, double worth) {
        double responses() {
            return audience * response;
        }

        double lostResponses() {
            return audience * fall;
        }

        double today() {
            return responses() * worth;
        }

        double foregone() {
            return lostResponses() * worth;
        }
    }
}

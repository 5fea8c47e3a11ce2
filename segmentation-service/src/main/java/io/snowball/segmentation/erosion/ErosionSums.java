package io.snowball.segmentation.erosion;

import io.snowball.segmentation.Wilson;
import io.snowball.segmentation.Wilson.Interval;

/**
 * One arm of the experiment. Means are ratios of sums over customers, and their variances are those of ratio estimators with the
 * customer as the cluster: messages to one person are not independent, however many cycles there were.
 * W. G. Cochran, "Sampling Techniques", 3rd ed., 6.3 and 9.5.
 *
 * @param p probes, r responses to them, c contacts during the rest half before them; doubled letters are sums of products by customer
 * @param worth what those who responded paid, in kopecks
 */
record ErosionSums(
        long customers,
        double p,
        double r,
        double c,
        double pp,
        double rr,
        double cc,
        double pr,
        double pc,
        double rc,
        double worth) {
    static final ErosionSums NONE = new ErosionSums(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** A customer with so many probes, responses and contacts before them. */
    ErosionSums plus(double probes, double responses, double contacts, double paid) {
        return new ErosionSums(
                customers + 1,
                p + probes,
                r + responses,
                c + contacts,
                pp + probes * probes,
                rr + responses * responses,
                cc + contacts * contacts,
                pr + probes * responses,
                pc + probes * contacts,
                rc + responses * contacts,
                worth + paid);
    }

    double response() {
        return p == 0 ? 0 : r / p;
    }

    double contacts() {
        return p == 0 ? 0 : c / p;
    }

    double responseVariance() {
        double mean = response();
        return Math.max(0, (rr - 2 * mean * pr + mean * mean * pp) * correction());
    }

    double contactsVariance() {
        double mean = contacts();
        return Math.max(0, (cc - 2 * mean * pc + mean * mean * pp) * correction());
    }

    double covariance() {
        return (rc - contacts() * pr - response() * pc + response() * contacts() * pp) * correction();
    }

    private double correction() {
        return customers < 2 ? 0 : customers / (customers - 1.0) / (p * p);
    }

    /** Wilson's, with as many trials as independent ones of the same variance would be. */
    Interval interval() {
        double mean = response();
        double variance = responseVariance();
        double independent = variance == 0 ? p : Math.min(p, mean * (1 - mean) / variance);
        return p == 0 ? new Interval(0, 1) : Wilson.of(mean, independent);
    }
}

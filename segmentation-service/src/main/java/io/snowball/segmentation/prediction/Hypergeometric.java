package io.snowball.segmentation.prediction;

/** The one case of Gauss's hypergeometric function that Pareto/NBD needs. */
final class Hypergeometric {
    private static final double PRECISION = 1e-15;
    private static final int TERMS_MAX = 1_000_000;

    private Hypergeometric() {}

    /**
     * The logarithm of 2F1(a, b; a+1; z) for positive a and b and z = y/(1+y), y at least 0. The power series loses its speed
     * near z = 1 and overflows for large b. By Pfaff's transformation it is (1+y)^b 2F1(1, b; a+1; -y), and Gauss's continued fraction
     * of that (DLMF 15.7.1) has positive terms only: nothing cancels, for any y. Needs about 18 sqrt(1+y) steps, fewer for large a.
     */
    static double logConsecutive(double a, double b, double y) {
        // Lentz's method: f = a + u1 y / (a+1 + u2 y / (a+2 + ...)); the function is a/f.
        double f = a;
        double c = a;
        double d = 0;
        for (int i = 1; ; i++) {
            int n = i / 2;
            double u = i % 2 == 1 ? (b + n) * (a + n) : n * (a - b + n);
            d = 1 / (a + i + u * y * d);
            c = a + i + u * y / c;
            double step = c * d;
            f *= step;
            if (Math.abs(step - 1) < PRECISION) {
                return b * Math.log1p(y) + Math.log(a / f);
            }
            if (i > TERMS_MAX) {
                throw new IllegalStateException("The continued fraction does not end");
            }
        }
    }
}

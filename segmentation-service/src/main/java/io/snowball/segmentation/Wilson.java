package io.snowball.segmentation;

/**
 * The interval of a proportion that holds for few observations too, and never leaves 0 to 1.
 * E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
 */
public final class Wilson {
    /** Of the normal distribution, for 95 %. */
    public static final double Z95 = 1.959963984540054;

    private Wilson() {}

    public record Interval(double from, double to) {}

    /** @param trials more than 0; a fraction where it is an effective number */
    public static Interval of(double proportion, double trials) {
        double z2 = Z95 * Z95 / trials;
        double middle = (proportion + z2 / 2) / (1 + z2);
        double half = Z95 / (1 + z2) * Math.sqrt(proportion * (1 - proportion) / trials + z2 / (4 * trials));
        return new Interval(Math.max(0, middle - half), Math.min(1, middle + half));
    }
}

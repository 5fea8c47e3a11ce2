package io.snowball.launcher.bench;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import java.util.Map;

/**
 * @param unit what both numbers count a second
 * @param reference what the reference is
 * @param ratio ours divided by the reference's; above 1 we are faster
 * @param more other figures of the same run, beside these in the JSON
 */
public record Measurement(
        String name,
        String unit,
        double ours,
        double theirs,
        String reference,
        double ratio,
        @JsonAnyGetter Map<String, Object> more) {
    static Measurement of(
            String name, String unit, double ours, double theirs, String reference, Map<String, Object> more) {
        return new Measurement(
                name, unit, rounded(ours), rounded(theirs), reference, Math.round(1000 * ours / theirs) / 1000.0, more);
    }

    private static double rounded(double number) {
        return Math.round(number * 10) / 10.0;
    }
}

package io.snowball.customer.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The columns that a file of some kind can have, by the names that stand in its header. Others are passed over.
 *
 * @param names of a record's fields, in their order
 * @param required without these in its header a file is refused
 * @param lineNames of the fields that NDJSON has in {@code lines}; empty where a record has none
 * @param mapped from names in the file's header to ours, where they differ
 */
public record Columns(List<String> names, List<String> required, List<String> lineNames, Map<String, String> mapped) {
    public Columns(List<String> names, List<String> required, List<String> lineNames) {
        this(names, required, lineNames, Map.of());
    }

    /** The same and others behind them. */
    public Columns and(List<String> others) {
        List<String> all = new ArrayList<>(names);
        all.addAll(others);
        return new Columns(List.copyOf(all), required, lineNames, mapped);
    }

    /** @param mapping names of the file's columns to ours; upper and lower case are the same */
    public Columns mappedBy(Map<String, String> mapping) {
        Map<String, String> plain = new LinkedHashMap<>();
        mapping.forEach((theirs, ours) -> plain.put(plain(theirs), ours));
        return new Columns(names, required, lineNames, plain);
    }

    int indexOf(String name) {
        return names.indexOf(name);
    }

    /** Where the column with this heading belongs in a record, or -1. A column that is mapped keeps others from its place. */
    int placeOf(String heading) {
        String name = plain(heading);
        String ours = mapped.get(name);
        if (ours == null && !mapped.containsValue(name)) {
            ours = name;
        }
        return ours == null ? -1 : names.indexOf(ours);
    }

    private static String plain(String heading) {
        return heading.strip().toLowerCase(Locale.ROOT);
    }
}

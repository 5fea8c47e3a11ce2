package io.snowball.customer.file;

import java.util.List;

/**
 * The columns that a file of some kind can have, by the names that stand in its header. Others are passed over.
 *
 * @param names of a record's fields, in their order
 * @param required without these in its header a CSV file is refused
 * @param lineNames of the fields that NDJSON has in {@code lines}; empty where a record has none
 */
public record Columns(List<String> names, List<String> required, List<String> lineNames) {
    int indexOf(String name) {
        return names.indexOf(name);
    }
}

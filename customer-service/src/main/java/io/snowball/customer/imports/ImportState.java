package io.snowball.customer.imports;

enum ImportState {
    /** Announced; no content yet. */
    CREATED,
    RUNNING,
    /** The whole file was read; what could not be taken is among the errors. */
    COMPLETED,
    /** The content stopped coming, or the service died: send it again. */
    INTERRUPTED,
    /** The file was refused as a whole, or could not be stored; {@code failure} says why. */
    FAILED
}

package io.snowball.customer.exports;

/** Whether it was done, or the one who wanted it had no right to. */
enum ExportResult {
    DONE,
    REFUSED
}

package io.snowball.customer.exports;

/** What somebody did with an export. */
enum ExportAction {
    REQUESTED,
    APPROVED,
    REJECTED,
    WRITTEN,
    FAILED,
    DOWNLOADED,
    DELETED
}

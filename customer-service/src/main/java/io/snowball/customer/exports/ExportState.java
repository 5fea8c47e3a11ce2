package io.snowball.customer.exports;

/** Where an export is. */
enum ExportState {
    /** The members of the segment are being fetched. */
    COLLECTING,
    AWAITING_APPROVAL,
    REJECTED,
    WRITING,
    READY,
    FAILED,
    /** There was a file, and it is gone. */
    DELETED
}

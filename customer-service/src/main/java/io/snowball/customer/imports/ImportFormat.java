package io.snowball.customer.imports;

enum ImportFormat {
    CSV("text/csv"),
    NDJSON("application/x-ndjson"),
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    private final String mediaType;

    ImportFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    void require(String sent) {
        if (!sent.split(";", 2)[0].strip().equalsIgnoreCase(mediaType)) {
            throw ImportProblem.WRONG_FORMAT.with("Send it as " + mediaType + ", or announce another import");
        }
    }
}

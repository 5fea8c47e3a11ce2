package io.snowball.customer.imports;

import io.snowball.platform.problem.ProblemType;

enum ImportProblem implements ProblemType {
    FILE_REFUSED("file-refused", 400, "The file can't be read as it is"),
    UPLOAD_INTERRUPTED("upload-interrupted", 400, "The content stopped coming"),
    IMPORT_RUNNING("import-running", 409, "The import is running"),
    WRONG_FORMAT("wrong-format", 415, "The content is not in the format that was announced");

    private final String slug;
    private final int status;
    private final String title;

    ImportProblem(String slug, int status, String title) {
        this.slug = slug;
        this.status = status;
        this.title = title;
    }

    @Override
    public String slug() {
        return slug;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}

using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Media;

public static class UploadProblems
{
    /// <summary>The message for the field of a form.</summary>
    public static Rejected At(this UploadProblem problem, string field) =>
        Rejected.At<MediaText>(field, problem == UploadProblem.TooMany ? "TooManyUploads" : "UploadTooLarge");

    /// <summary>The same for what the address of the form's page says; null when it says nothing of the kind.</summary>
    public static Rejected? At(string? problem, string field) => Enum.TryParse<UploadProblem>(problem, out var known) ? known.At(field) : null;
}

using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Media;

/// <summary>The upload was refused; nothing of it is kept.</summary>
public sealed class PictureRefusedException(PictureProblem problem) : Exception($"The picture was refused: {problem}.")
{
    public PictureProblem Problem { get; } = problem;

    /// <summary>The same as a message for the field of a form.</summary>
    public Rejected At(string field) => Rejected.At<MediaText>(field, $"Picture{Problem}");
}

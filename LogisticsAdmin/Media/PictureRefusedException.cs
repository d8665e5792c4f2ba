namespace LogisticsAdmin.Media;

/// <summary>The upload was refused; nothing of it is kept.</summary>
public sealed class PictureRefusedException(PictureProblem problem) : Exception($"The picture was refused: {problem}.")
{
    public PictureProblem Problem { get; } = problem;
}

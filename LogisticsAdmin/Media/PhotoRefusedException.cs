namespace LogisticsAdmin.Media;

/// <summary>Why an upload does not become a photo.</summary>
public enum PhotoProblem
{
    /// <summary>More bytes than <see cref="PhotoStudio.MaxBytes"/>.</summary>
    TooLarge,

    /// <summary>Neither JPEG nor PNG nor WebP by its first bytes, whatever its name says.</summary>
    NotAPicture,

    /// <summary>HEIC, HEIF or AVIF: a picture, but one that most browsers and we cannot read.</summary>
    Heic,

    /// <summary>Declares more than <see cref="PhotoStudio.MaxPixels"/>, or a side over <see cref="PhotoStudio.MaxSide"/>.</summary>
    TooManyPixels,

    /// <summary>Cut off or broken inside.</summary>
    Damaged,
}

/// <summary>The upload was refused; nothing of it is kept.</summary>
public sealed class PhotoRefusedException(PhotoProblem problem) : Exception($"The photo was refused: {problem}.")
{
    public PhotoProblem Problem { get; } = problem;
}

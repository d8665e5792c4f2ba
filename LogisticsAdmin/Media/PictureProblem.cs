namespace LogisticsAdmin.Media;

/// <summary>Why an upload is not accepted as a picture.</summary>
public enum PictureProblem
{
    /// <summary>More bytes than <see cref="PictureProcessor.MaxBytes"/>.</summary>
    TooLarge,

    /// <summary>Neither JPEG nor PNG nor WebP by its first bytes, whatever its name says.</summary>
    NotAPicture,

    /// <summary>HEIC, HEIF or AVIF: a picture, but neither most browsers nor the decoder can read it.</summary>
    Heic,

    /// <summary>Declares more than <see cref="PictureProcessor.MaxPixels"/>, or a side over <see cref="PictureProcessor.MaxSide"/>.</summary>
    TooManyPixels,

    /// <summary>Cut off or broken inside.</summary>
    Damaged,
}

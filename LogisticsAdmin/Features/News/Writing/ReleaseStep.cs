namespace LogisticsAdmin.Features.News.Writing;

/// <summary>How a text goes on towards its readers.</summary>
public enum ReleaseStep
{
    Release = 1,
    Submit = 2,
    Approve = 3,
}

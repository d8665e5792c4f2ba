namespace LogisticsAdmin.Features.Outbox.Robots;

/// <summary>Whose group the robot is in. The numbers are stored.</summary>
public enum RobotProvider
{
    /// <summary>企业微信.</summary>
    WeCom = 1,

    /// <summary>钉钉.</summary>
    DingTalk = 2,
}

using Microsoft.AspNetCore.Authorization;

namespace LogisticsAdmin.Security;

/// <summary>
/// On pages and endpoints: who meets the policy may open them; to everybody else who is signed in they do not exist, and the answer is that of an
/// address that nothing has. With <see cref="AuthorizeAttribute"/> alone the answer would be that access is denied.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = true)]
public sealed class VisibleToAttribute(string policy) : AuthorizeAttribute(policy);
